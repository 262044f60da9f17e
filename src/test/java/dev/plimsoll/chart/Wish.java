package dev.plimsoll.chart;

import java.util.EnumMap;
import java.util.Map;

/** What an operator may want of the chart. */
enum Wish {
    /** Only what must be said. */
    LITTLE(""),
    ONE_REPLICA("replicas: 1"),
    APART("apart: {enabled: true}"),
    TLS("""
            database: {url: "postgresql://db.example.org:5433/plimsoll", tls: {existingSecret: database-ca}}
            redis: {url: "rediss://redis.example.org:6380", password: true, tls: {existingSecret: redis-ca}}
            """),
    INGRESS("ingress: {enabled: true, className: nginx, tlsSecret: plimsoll-tls, annotations: {a: b}}"),
    AUTOSCALED("autoscaling: {enabled: true}"),
    BY_PROCESSOR("autoscaling: {enabled: true, queueAge: {enabled: false}}"),
    SEEN("metrics: {serviceMonitor: {enabled: true}, rules: {enabled: true}, dashboard: {enabled: true}}"),
    PROVISIONED("provisioning: {existingConfigMap: accounts, existingSecret: accounts}"),
    WITHOUT_A_POLICY("networkPolicy: {enabled: false}"),
    MIGRATED_ELSEWHERE("migration: {enabled: false, existingSecret: \"\"}"),
    EVERYTHING("""
            database: {url: "postgresql://db.example.org:5433/plimsoll", tls: {existingSecret: database-ca}}
            redis: {url: "rediss://redis.example.org:6380", password: true, tls: {existingSecret: redis-ca}}
            signUp: open
            trustedProxies: [10.0.0.0/8, "fd00::/8"]
            telegram: {enabled: true}
            email: {host: mail.example.org, username: plimsoll, from: alerts@example.org}
            pushover: {enabled: true}
            deadMan: {enabled: true}
            provisioning: {existingConfigMap: accounts}
            settings: {plimsoll.pipeline.every: 5s, plimsoll.delivery.slots: 64, plimsoll.oracle.sources.kraken.enabled: true}
            secretSettings: {plimsoll.oracle.sources.pyth.key: pyth-key}
            image: {digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", pullSecrets: [registry]}
            apart: {enabled: true}
            autoscaling: {enabled: true}
            nodeSelector: {disk: fast}
            tolerations: [{key: only, operator: Exists, effect: NoSchedule}]
            priorityClassName: high
            podLabels: {team: risk}
            podAnnotations: {seen: "true"}
            ingress: {enabled: true, className: nginx, tlsSecret: plimsoll-tls, annotations: {a: b}}
            metrics:
              serviceMonitor: {enabled: true, labels: {release: prometheus}}
              rules: {enabled: true, labels: {release: prometheus}}
              dashboard: {enabled: true}
            """);

    /** What must be said of every installation, unless the wish says it otherwise. */
    private static final Map<String, String> REQUIRED = Map.of(
            "existingSecret", "existingSecret: plimsoll",
            "database", "database: {url: \"postgresql://postgres:5432/plimsoll\"}",
            "redis", "redis: {url: \"redis://redis:6379\"}",
            "publicUrl", "publicUrl: https://plimsoll.example.org",
            "migration", "migration: {existingSecret: plimsoll-owner}");

    private static final Map<Wish, Manifests> RENDERED = new EnumMap<>(Wish.class);

    private final String more;

    Wish(String more) {
        this.more = more;
    }

    String yaml() {
        return with(more);
    }

    /** What must be said, and these values, of which each key of the first level wins. */
    static String with(String more) {
        var all = new StringBuilder(more).append('\n');
        REQUIRED.forEach((key, line) -> {
            if (!("\n" + more).contains("\n" + key + ":")) {
                all.append(line).append('\n');
            }
        });
        return all.toString();
    }

    /** Once for all tests: Helm is slow to wake. */
    Manifests rendered() {
        synchronized (RENDERED) {
            return RENDERED.computeIfAbsent(this, wish -> Chart.render(wish.yaml()));
        }
    }
}
