import { NativeSelect, PasswordInput, SimpleGrid, Text, TextInput } from '@mantine/core';
import { AUTH, PRIV } from '../discovery/snmpWords';
import { hasAuth, hasPrivacy, isHttp, type CredentialText } from './credentialText';

interface Props {
  text: CredentialText;
  isStored: boolean;
  onChange: (key: keyof CredentialText, value: string) => void;
}

const MODES = [
  { value: 'AUTHPRIV', label: 'authenticated and encrypted' }, { value: 'AUTHNOPRIV', label: 'authenticated' },
  { value: 'NOAUTHNOPRIV', label: 'neither' },
];

/** What the kind of credential asks for. A stored secret is not shown; the field stays empty where it is to be kept. */
export function SecretFields({ text, isStored, onChange }: Props) {
  const field = (key: keyof CredentialText) => ({
    value: text[key], maxLength: 500, autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onChange(key, event.currentTarget.value),
  });
  const secret = (key: keyof CredentialText) => ({
    ...field(key), autoComplete: 'new-password', placeholder: isStored ? 'as it is stored' : '', required: !isStored, withAsterisk: false,
  });
  const user = <TextInput label="User" required withAsterisk={false} spellCheck={false} {...field('user')} />;
  if (text.subType === 'CLI') {
    return (
      <>
        {user}
        <PasswordInput label="Password" {...secret('password')} />
        <PasswordInput label="Enable password" {...secret('enablePassword')} required={false} />
      </>
    );
  }
  if (text.subType === 'NETCONF') {
    const kept = '830 is usual. Kept for scripts that bring it: devices are read over SNMP.';
    return <TextInput label="Port" required withAsterisk={false} inputMode="numeric" description={kept} {...field('port')} />;
  }
  if (isHttp(text)) {
    return (
      <>
        {user}
        <PasswordInput label="Password" {...secret('password')} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect label="Over" data={['https', 'http']} {...field('scheme')} />
          <TextInput label="Port" inputMode="numeric" placeholder={text.scheme === 'https' ? '443' : '80'} {...field('port')} />
        </SimpleGrid>
        <Text size="sm">Kept for scripts that bring it: devices are read over SNMP.</Text>
      </>
    );
  }
  if (text.subType !== 'SNMPV3') return <PasswordInput label="Community" {...secret('community')} />;
  return (
    <>
      {user}
      <NativeSelect label="Level" data={MODES} {...field('mode')} />
      {hasAuth(text) && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect label="Authentication" data={AUTH} {...field('authType')} />
          <PasswordInput label="Authentication passphrase" {...secret('authPassword')} />
        </SimpleGrid>
      )}
      {hasPrivacy(text) && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect label="Privacy" data={PRIV} {...field('privacyType')} />
          <PasswordInput label="Privacy passphrase" {...secret('privacyPassword')} />
        </SimpleGrid>
      )}
    </>
  );
}
