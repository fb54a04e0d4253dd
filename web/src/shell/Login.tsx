import { Button, Container, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { login } from '../api/session';
import { Problem } from './Problem';

/** The password goes to the server and is forgotten. */
export function Login() {
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await login(name, password);
    } catch (failure) {
      setProblem(failure);
      setPassword('');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Container size="xs" py="xl">
      <main>
        <form onSubmit={(event) => void submit(event)} aria-label="Log in">
          <Stack>
            <Title order={1} size="h2">Towpath</Title>
            <TextInput label="User" name="username" autoComplete="username" required withAsterisk={false} maxLength={100}
              value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <PasswordInput label="Password" name="password" autoComplete="current-password" required withAsterisk={false} maxLength={500}
              autoFocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
            <Button type="submit" loading={isBusy}>Log in</Button>
            {problem !== null && <Problem problem={problem} />}
            <Text size="sm">The server printed the first password when it started. 'towpath reset-password' makes a new one.</Text>
          </Stack>
        </form>
      </main>
    </Container>
  );
}
