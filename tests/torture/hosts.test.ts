import { hostileCalls } from './lines/hostile-calls.ts';
import { injectedTexts } from './lines/injected-texts.ts';
import { plantedSecrets } from './lines/planted-secrets.ts';
import { webHostRequests } from './lines/web-host-requests.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('the hosts', [hostileCalls, webHostRequests, injectedTexts, plantedSecrets]);
