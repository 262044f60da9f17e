package dev.plimsoll.api;

/** Bodies of requests as OpenAPI shows them. */
final class Examples {
    static final String JSON = "application/json";

    static final String POSITION = """
            {"kind":"declared","name":"ETH loan",
             "collateral":[{"asset":"ETH","amount":"10","liquidationThreshold":"0.825"}],
             "debt":[{"asset":"USDC","amount":"12000","annualRate":"0.052"}],"targetHealthFactor":"1.5"}""";

    static final String POSITION_PATCH = """
            {"name":"ETH loan, treasury","labels":{"team":"treasury"},"targetHealthFactor":null}""";

    static final String ADJUSTMENT = """
            {"repay":[{"asset":"USDC","amount":"3603.90"}],"deposit":[{"asset":"ETH","amount":"0.5"}]}""";

    static final String RULE = """
            {"name":"warn me","watches":"all","condition":{"type":"health-factor","basis":"protocol"},
             "levels":[{"severity":"warning","below":"1.30","hold":"PT20S","repeatEvery":"PT4H"},
                       {"severity":"critical","below":"1.10","repeatEvery":"PT15M"}]}""";

    static final String RULE_PATCH = """
            {"levels":[{"severity":"critical","below":"1.15"}],"notifyResolved":false}""";

    static final String CHANNEL = """
            {"kind":"webhook","name":"ops","url":"https://hooks.example.org/plimsoll"}""";

    static final String CHANNEL_PATCH = """
            {"name":"on call"}""";

    static final String CODE = """
            {"code":"dGhlIGNvZGUgb2YgYSBwcm9vZg"}""";

    static final String SINCE = """
            {"since":"2026-11-21T03:00:00Z"}""";

    static final String NOTE = """
            {"note":"repaying now"}""";

    static final String SNOOZE = """
            {"for":"PT1H"}""";

    private Examples() {}
}
