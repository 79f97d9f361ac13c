import type { AccessToken } from "../login/access-token.ts";
import type { Platform } from "../login/platform.ts";
import { getFrom } from "../login/request.ts";
import { type Exchange, exchangeGrounds, exchangeParties, exchangePaths, exchangeTopics } from "./wire/exchanges.ts";

/**
 * Who asked for what about the person, the newest first.
 * @throws {MynakitError} ERR_PLATFORM_REFUSED with reason `not-registered`, ERR_NETWORK_*, ERR_PLATFORM_*
 */
export const fetchExchanges = (platform: Platform, accessToken: AccessToken): Promise<Exchange[]> =>
  getFrom(platform, accessToken, exchangePaths.exchanges, (answer) =>
    answer.list("exchanges").map((exchange) => ({
      at: exchange.date("at"),
      requester: exchange.oneOf("requester", exchangeParties),
      service: exchange.nullable("service", exchange.text),
      provider: exchange.oneOf("provider", exchangeParties),
      topic: exchange.oneOf("topic", exchangeTopics),
      ground: exchange.oneOf("ground", exchangeGrounds),
      outcome: exchange.oneOf("outcome", ["provided", "refused"]),
    })),
  );
