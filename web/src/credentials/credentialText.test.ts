import { expect, test } from 'vitest';
import { bodyOf, NEW_CREDENTIAL, seenOf, textOf } from './credentialText';

test('a new user has all that it needs', () => {
  const text = { ...NEW_CREDENTIAL, description: ' core ', user: 'towpath', authPassword: 'secret-1', privacyPassword: 'secret-2' };
  expect(bodyOf(text)).toEqual({
    description: 'core', comments: '', ranges: [], username: 'towpath', snmpMode: 'AUTHPRIV', authType: 'SHA256', authPassword: 'secret-1',
    privacyType: 'AES128', privacyPassword: 'secret-2',
  });
});

test.each([
  ['NOAUTHNOPRIV', ['username', 'snmpMode']],
  ['AUTHNOPRIV', ['username', 'snmpMode', 'authType', 'authPassword']],
])('of %s only what it uses is sent', (mode, names) => {
  const body = bodyOf({ ...NEW_CREDENTIAL, mode, user: 'u', authPassword: 'secret-1', privacyPassword: 'secret-2' });
  expect(Object.keys(body)).toEqual(['description', 'comments', 'ranges', ...names]);
});

test('a stored secret that nobody types again is not sent, so it stays', () => {
  const text = textOf({ subType: 'SNMPV2_READ_COMMUNITY', id: '1', description: 'campus', ranges: ['10.1.0.0/16', '10.2.0.1'] });
  expect(bodyOf({ ...text, ranges: '10.1.0.0/16\n10.2.0.1 ,10.3.0.1' })).toEqual({
    description: 'campus', comments: '', ranges: ['10.1.0.0/16', '10.2.0.1', '10.3.0.1'],
  });
  expect(bodyOf({ ...text, community: 'new' }).readCommunity).toBe('new');
});

test('a login at a web server has a port where one is typed, and is seen without its password', () => {
  const text = { ...NEW_CREDENTIAL, subType: 'HTTP_WRITE' as const, user: 'web', password: 'secret-1', scheme: 'http' };
  expect(bodyOf(text)).toEqual({ description: '', comments: '', ranges: [], username: 'web', password: 'secret-1', secure: false });
  expect(bodyOf({ ...text, port: ' 8080 ' }).port).toBe(8080);
  expect(seenOf({ subType: 'HTTP_WRITE', id: '1', username: 'web', port: 8080, secure: false })).toBe('web, http port 8080');
  expect(textOf({ subType: 'NETCONF', id: '1', netconfPort: '830' }).port).toBe('830');
});

test.each([
  [true, 443, 'http', undefined],
  [false, 80, 'https', undefined],
  [true, 8443, 'http', 8443],
  [true, 80, 'http', 80],
  [true, 443, 'https', 443],
])('of a stored login (secure %s, port %i) that becomes %s the port %s is sent', (secure, port, scheme, sent) => {
  const stored = { subType: 'HTTP_READ' as const, id: '1', username: 'web', port, secure };
  const body = bodyOf({ ...textOf(stored), scheme }, stored);
  expect(body).toMatchObject({ secure: scheme === 'https' });
  expect(body.port).toBe(sent);
});

test('a port that is typed for a new login is sent, whatever it is the usual one of', () => {
  expect(bodyOf({ ...NEW_CREDENTIAL, subType: 'HTTP_READ', scheme: 'http', port: '443' }).port).toBe(443);
});

test('ranges that somebody empties are sent: the credential may go everywhere then', () => {
  expect(bodyOf({ ...NEW_CREDENTIAL, ranges: ' ' }).ranges).toEqual([]);
});

test('what is seen of a credential is no secret', () => {
  expect(seenOf({ subType: 'SNMPV3', id: '1', username: 'u', snmpMode: 'AUTHPRIV', authType: 'SHA', privacyType: 'DES' })).toBe(
    'u, AUTHPRIV SHA DES',
  );
  expect(seenOf({ subType: 'SNMPV2_READ_COMMUNITY', id: '1' })).toBe('');
});
