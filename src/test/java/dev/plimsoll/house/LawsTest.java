package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LawsTest {
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final JavaClasses WRECK = new ClassFileImporter().importPackages("wreck");

    /** Each law, and the class under {@code wreck} that was built to break it. */
    enum Law {
        NO_STRANGERS(Laws::everyClassStandsInAPackageOfTheFlow, "wreck.elsewhere.Stranger"),
        FLOW(Laws::dataFlowsOneWay, "wreck.unit.LooksAhead"),
        PLAIN_JAVA(Laws::judgementIsPlainJava, "wreck.risk.Reactive"),
        ADAPTERS(Laws::nobodyNamesAnAdapter, "wreck.oracle.NamesAnAdapter"),
        WAITING(Laws::nothingWaits, "wreck.delivery.Waits"),
        WALL_CLOCK(Laws::nothingReadsTheWallClock, "wreck.pipeline.ReadsTheWallClock"),
        SUBSCRIBING(Laws::onlyTheLoopSubscribes, "wreck.delivery.Subscribes"),
        NAMES(Laws::namesSayWhatAThingIs, "wreck.rule.RuleManager"),
        ONE_DOOR(Laws::oneDoorOut, "wreck.chat.DialsOut");

        private final Function<Laws, ArchRule> rule;
        private final String breaker;

        Law(Function<Laws, ArchRule> rule, String breaker) {
            this.rule = rule;
            this.breaker = breaker;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHouseKeepsTheLaw(Law law) {
        assertThat(MAIN.contain("dev.plimsoll.unit.Asset")).isTrue();

        law.rule.apply(new Laws("dev.plimsoll")).check(MAIN);
    }

    @ParameterizedTest
    @EnumSource
    void theLawBites(Law law) {
        var rule = law.rule.apply(new Laws("wreck"));

        assertThatThrownBy(() -> rule.check(WRECK))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(law.breaker);
    }
}
