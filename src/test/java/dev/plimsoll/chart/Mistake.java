package dev.plimsoll.chart;

/** What an operator may get wrong, and a part of what is said then. */
enum Mistake {
    NO_MASTER_KEY("existingSecret: \"\"", "Plimsoll seals secrets with a master key that must outlive its pods"),
    NO_ADDRESS_FOR_SEVERAL("publicUrl: \"\"", "More than one replica needs one address for all"),
    NO_ADDRESS_FOR_A_GROWING_ONE(
            "publicUrl: \"\"\nreplicas: 1\nautoscaling: {enabled: true}", "More than one replica needs one address"),
    NO_HOST("publicUrl: \"\"\nreplicas: 1\ningress: {enabled: true}", "An Ingress needs a host"),
    NO_DATABASE("database: {url: \"\"}", "say where with --set database.url="),
    NO_REDIS("redis: {url: \"\"}", "say where with --set redis.url="),
    NO_OWNER("migration: {existingSecret: \"\"}", "make a Secret with owner-password"),
    OWNER_AMONG_THE_OTHERS("migration: {existingSecret: plimsoll}", "must be in a Secret of its own"),
    PASSWORD_IN_A_URL("database: {url: \"postgresql://me:secret@db/plimsoll\"}", "database/url"),
    CA_WITHOUT_TLS(
            "redis: {url: \"redis://redis:6379\", tls: {existingSecret: redis-ca}}", "its URL begins with rediss://"),
    PASSWORD_IN_CLEAR(
            "email: {host: mail, from: a@b.example, username: a, encryption: none}",
            "only ever sent to a mail server over TLS"),
    NO_SENDER("email: {host: mail}", "Mails need a sender"),
    MISSPELT("replica: 3", "'replica' not allowed"),
    MISSPELT_BELOW("image: {repo: plimsoll}", "'repo' not allowed"),
    MISSPELT_DEEP("autoscaling: {queueAge: {target: 3}}", "'target' not allowed"),
    MISSPELT_DEEPER("metrics: {serviceMonitor: {intervall: 5s}}", "'intervall' not allowed"),
    MISSPELT_IN_A_LIST("networkPolicy: {ingressFrom: [{namespaceSelecter: {}}]}", "'namespaceSelecter' not allowed"),
    MISSPELT_RESOURCE("resources: {requests: {memori: 1Gi}}", "'memori' not allowed"),
    MISSPELT_SETTING("settings: {plimsoll.pipeline.evry: 5s}", "'plimsoll.pipeline.evry' not allowed"),
    SECRET_AMONG_SETTINGS(
            "settings: {plimsoll.oracle.sources.pyth.key: abc}", "'plimsoll.oracle.sources.pyth.key' not allowed"),
    SAID_TWICE(
            "settings: {plimsoll.pipeline.every: 5s}\nsecretSettings: {plimsoll.pipeline.every: a}",
            "plimsoll.pipeline.every is in settings and in secretSettings"),
    OWN_VALUE_AMONG_SETTINGS(
            "settings: {plimsoll.ops.redis-url: \"redis://a\"}", "'plimsoll.ops.redis-url' not allowed"),
    NO_SUCH_SIGN_UP("signUp: maybe", "value must be one of");

    private final String more;
    private final String sentence;

    Mistake(String more, String sentence) {
        this.more = more;
        this.sentence = sentence;
    }

    String yaml() {
        return Wish.with(more);
    }

    String sentence() {
        return sentence;
    }
}
