import { changedTokens, fernetBesidePython, fernetVectors, severalKeys } from './lines/fernet-tokens.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('cryptography', [fernetVectors, fernetBesidePython, changedTokens, severalKeys]);
