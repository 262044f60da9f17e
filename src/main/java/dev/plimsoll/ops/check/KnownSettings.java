package dev.plimsoll.ops.check;

import dev.plimsoll.account.AccountConfig;
import dev.plimsoll.alert.AlertConfig;
import dev.plimsoll.api.ApiConfig;
import dev.plimsoll.chat.ChatConfig;
import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.mail.MailConfig;
import dev.plimsoll.delivery.telegram.TelegramConfig;
import dev.plimsoll.market.MarketConfig;
import dev.plimsoll.ops.OpsConfig;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.demo.DemoConfig;
import dev.plimsoll.ops.provisioning.ProvisioningConfig;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.pipeline.PipelineConfig;
import dev.plimsoll.position.PositionConfig;
import dev.plimsoll.rule.RuleConfig;
import dev.plimsoll.unit.Nearest;
import dev.plimsoll.wire.WireConfig;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Every setting Plimsoll has, so that a misspelt one is told instead of ignored. */
public final class KnownSettings {
    static final List<Class<?>> MAPPINGS = List.of(
            AccountConfig.class,
            AlertConfig.class,
            ApiConfig.class,
            ChatConfig.class,
            DeliveryConfig.class,
            MailConfig.class,
            DemoConfig.class,
            MarketConfig.class,
            OpsConfig.class,
            OracleConfig.class,
            PipelineConfig.class,
            PositionConfig.class,
            ProvisioningConfig.class,
            RuleConfig.class,
            TelegramConfig.class,
            WireConfig.class);

    /** With {@code *} for a name the operator chooses. */
    private static final Set<String> NAMES = MAPPINGS.stream()
            .map(ConfigClass::configClass)
            .flatMap(mapping -> mapping.getProperties().keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private KnownSettings() {}

    /** All their names, with {@code *} for one the operator chooses. */
    public static Set<String> names() {
        return NAMES;
    }

    /** Environment variables are left out: Kubernetes makes some of that form for a service of our name. */
    public static List<Fault> unknown(Config config) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !source.getName().startsWith("EnvConfigSource"))
                .flatMap(source -> source.getPropertyNames().stream())
                .map(name -> name.replaceFirst("^%[^.]*\\.", ""))
                .filter(name -> name.startsWith("plimsoll."))
                .distinct()
                .sorted()
                .filter(name ->
                        NAMES.stream().noneMatch(known -> fill(known, name).equals(name)))
                .map(KnownSettings::fault)
                .toList();
    }

    static Stream<Finding> findings(Config config) {
        var unknown = unknown(config);
        return unknown.isEmpty()
                ? Stream.of(new Fine("settings", "every plimsoll.* setting is known"))
                : unknown.stream().map(Finding.class::cast);
    }

    private static Fault fault(String name) {
        var meant =
                Nearest.to(name, NAMES.stream().map(known -> fill(known, name)).toList());
        return new Fault(
                "settings",
                "There is no setting %s%s"
                        .formatted(
                                name,
                                meant.map(known -> "; did you mean " + known + "?")
                                        .orElse(".")));
    }

    /** The known name with the operator's own words in the place of its stars. */
    private static String fill(String known, String written) {
        var words = known.split("\\.");
        var theirs = written.split("\\.");
        for (var i = 0; i < Math.min(words.length, theirs.length); i++) {
            words[i] = words[i].equals("*") ? theirs[i] : words[i];
        }
        return String.join(".", words);
    }
}
