const SHORT: [string, string][] = [
  ['TwentyFiveGigabitEthernet', 'Twe'], ['TwentyFiveGigE', 'Twe'], ['FortyGigabitEthernet', 'Fo'], ['HundredGigE', 'Hu'],
  ['TenGigabitEthernet', 'Te'], ['GigabitEthernet', 'Gi'], ['FastEthernet', 'Fa'], ['Port-channel', 'Po'],
];

/** As engineers write it: `Gi1/0/26`. */
export function shortPort(name: string): string {
  const match = SHORT.find(([word]) => name.startsWith(word) && /^\d/.test(name.slice(word.length)));
  return match ? match[1] + name.slice(match[0].length) : name;
}

/** `10 Gbit/s`; empty for what is not known. */
export function bits(perSecond: number | null | undefined): string {
  if (!perSecond || !Number.isFinite(perSecond)) return '';
  const units = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'];
  let value = perSecond;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) (value /= 1000), unit++;
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

/** 0.5 is `50 %`; a share that is not nothing is never shown as nothing. */
export function percent(part: number): string {
  const whole = Math.round(part * 100);
  if (whole === 0 && part > 0) return '< 1 %';
  if (whole === 100 && part < 1) return '> 99 %';
  return `${whole} %`;
}

/** `12 s`, `3 min`, `5 h`, `2 d`; a time that lies ahead is `now`. */
export function age(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 1) return 'now';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** Local time, sortable: `2026-11-29 14:12:51`. */
export function moment(time: number): string {
  const at = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

const ADDRESS = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** Names in the order in which people count: Gi1/0/2 before Gi1/0/10. */
export const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

/** `1 address`, `2 addresses` */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
