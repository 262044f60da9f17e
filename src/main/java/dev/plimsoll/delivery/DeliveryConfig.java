package dev.plimsoll.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may be told, and how it is tried. */
@ConfigMapping(prefix = "plimsoll.delivery")
public interface DeliveryConfig {

    /** Whether users' URLs may be {@code http://}, for trusted networks. */
    @WithDefault("false")
    boolean allowHttp();

    /** Ports and ranges of ports that users' URLs may name: {@code 443,8000-8100}. */
    @WithDefault("443,8443")
    List<String> ports();

    /** Address prefixes that users' URLs may reach although they are not public: {@code 10.1.0.0/16}. */
    Optional<List<String>> allowPrivate();

    /** Address prefixes that users' URLs may not reach although they are public or open. */
    Optional<List<String>> deny();

    /**
     * Whole URLs that webhooks may call whatever the rules above say, such as a receiver of the operator's in the same
     * cluster: {@code http://sink.monitoring.svc:8081/hook}.
     */
    Optional<Set<String>> trustedUrls();

    /** How many channels an account may have. */
    @WithDefault("50")
    int channelsPerAccount();

    /** Whether a webhook must prove itself before it gets anything but the proof. */
    @WithDefault("true")
    boolean verifyWebhooks();

    /** How many proofs an account may have sent to one address within a day. */
    @WithDefault("3")
    int proofsPerAddress();

    /** How many proofs an account may have sent within a day, to all its addresses. */
    @WithDefault("10")
    int proofsPerAccount();

    /** How long one attempt may take in all: name, connection, request and the whole answer. */
    @WithDefault("15s")
    Duration timeout();

    /** Deliveries under way at once in this replica. */
    @WithDefault("1024")
    int slots();

    /**
     * Deliveries under way at once to one host that did not answer the last time, or was not called yet. One that answers
     * within a second may have 32 times as many, and more with every answer, up to three quarters of the slots; a later
     * answer halves that.
     */
    @WithDefault("4")
    int slotsPerHost();

    /** How long a claimed delivery is this courier's, by database time; more than the time-out and 2 s. */
    @WithDefault("30s")
    Duration lease();

    /**
     * How long an urgent message may take to arrive on one of the channels it is for; then the next channel is told too,
     * and so on. By database time.
     */
    @WithDefault("60s")
    Duration failoverAfter();

    /**
     * How long a channel may take nothing, though it is tried, before it is disabled; its owner is warned elsewhere at half
     * of that time. By database time.
     */
    @WithDefault("5d")
    Duration disableAfter();

    /** How often a message is tried that fails by an error of Plimsoll's own, before it is parked: shown as failed. */
    @WithDefault("3")
    int parkAfter();

    /** How long a replaced webhook secret goes on signing beside the new one. */
    @WithDefault("24h")
    Duration secretOverlap();

    /**
     * The file with the key that seals secrets and addresses in the database, a Tink keyset in JSON. Without it one is
     * generated, readable by its owner only, as {@code master-key.json} in the data folder.
     */
    Optional<Path> masterKeyFile();

    /** PagerDuty, of which users have accounts of their own. */
    PagerDuty pagerduty();

    /** Pushover, of which this installation is one application. */
    Pushover pushover();

    /** Where its Events API is. */
    interface PagerDuty {

        /** For accounts in the service region US. */
        @WithDefault("https://events.pagerduty.com")
        URI url();

        /** For accounts in the service region EU. */
        @WithDefault("https://events.eu.pagerduty.com")
        URI euUrl();
    }

    /** Where its API is, and as whom we call it. */
    interface Pushover {

        /** The API token of the application that the operator registered there; without it nobody can have such a channel. */
        Optional<String> token();

        /** Where its API is. */
        @WithDefault("https://api.pushover.net")
        URI url();

        /** How often a critical alert sounds again until somebody acknowledges it; 30 s to 3 h. */
        @WithDefault("60s")
        Duration soundsEvery();

        /** For how long it sounds, 50 times at most; up to 3 h. */
        @WithDefault("3h")
        Duration soundsFor();

        /** How many sounding alerts are asked for at once, every 5 s: whether somebody acknowledged them there. */
        @WithDefault("20")
        int asksAtOnce();
    }
}
