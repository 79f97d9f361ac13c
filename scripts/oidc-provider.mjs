// What its index exports, of which the program uses this, without the warning about Node.js 20 that it begins with.
import * as errors from "../node_modules/oidc-provider/lib/helpers/errors.js";
import * as interactionPolicy from "../node_modules/oidc-provider/lib/helpers/interaction_policy/index.js";
import { Provider } from "../node_modules/oidc-provider/lib/provider.js";

export { errors, interactionPolicy, Provider };
