import { Alert, Button, Group, Text } from '@mantine/core';
import { ApiError } from '../api/http';

/** What failed, why, and what to do. */
export function Problem({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { message, detail } =
    problem instanceof ApiError ? problem : { message: problem instanceof Error ? problem.message : String(problem), detail: undefined };
  return (
    <Alert color="red" role="alert" title={message}>
      <Group justify="space-between">
        <Text size="sm">{detail ?? ''}</Text>
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  );
}
