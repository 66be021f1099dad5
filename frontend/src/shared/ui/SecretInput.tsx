import { PasswordInput, type PasswordInputProps } from '@mantine/core';

/** A field for what nobody may read over the shoulder. Mantine's own does not say that its content is refused. */
export function SecretInput(props: PasswordInputProps) {
  return <PasswordInput aria-invalid={props.error ? true : undefined} {...props} />;
}
