package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Surefire runs top-level classes named {@code *Test} and skips all others without a word. */
class TestNamesTest {
    private static final JavaClasses TESTS = new ClassFileImporter().importPath(Path.of("target/test-classes/dev"));
    private static final JavaClasses WRECK = new ClassFileImporter().importPath(Path.of("target/test-classes/wreck"));

    @Test
    void everyTestIsRun() {
        assertThat(TESTS.contain(TestNamesTest.class)).isTrue();

        assertThat(skipped(TESTS)).isEmpty();
        assertThat(disabled(TESTS)).isEmpty();
    }

    @Test
    void aTestThatWouldBeSkippedIsSeen() {
        assertThat(skipped(WRECK)).containsExactly("wreck.rule.RuleChecks");
        assertThat(disabled(WRECK)).containsExactly("wreck.rule.RuleChecks");
    }

    private static List<String> skipped(JavaClasses classes) {
        return classes.that(DescribedPredicate.describe("hold tests", TestNamesTest::holdsTests)).stream()
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(type -> !type.isAnnotatedWith(Nested.class))
                .filter(type -> type.isNestedClass() || !type.getSimpleName().endsWith("Test"))
                .map(JavaClass::getName)
                .toList();
    }

    private static List<String> disabled(JavaClasses classes) {
        return classes.stream()
                .filter(type -> isDisabled(type) || type.getMethods().stream().anyMatch(TestNamesTest::isDisabled))
                .map(JavaClass::getName)
                .toList();
    }

    private static boolean holdsTests(JavaClass type) {
        return type.getAllMethods().stream().anyMatch(method -> method.isMetaAnnotatedWith(Testable.class));
    }

    private static boolean isDisabled(CanBeAnnotated element) {
        return element.isAnnotatedWith(Disabled.class);
    }
}
