export { Onboarding } from './Onboarding';
export { useOnboardingEnd } from './useOnboardingEnd';
