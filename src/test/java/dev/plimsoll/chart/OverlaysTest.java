package dev.plimsoll.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kubectl apply -k}, up to the cluster. */
class OverlaysTest {
    private static final Pattern KUSTOMIZE = Pattern.compile("Kustomize Version: v(\\d+)");

    @BeforeAll
    static void kubectlIsThere() throws IOException, InterruptedException {
        assumeTrue(
                KUSTOMIZE.matcher(version()).results().anyMatch(found -> Integer.parseInt(found.group(1)) >= 5),
                "overlays are not rendered: there is no kubectl of Kubernetes 1.27 or later here");
    }

    private static String version() throws InterruptedException {
        try {
            return output("kubectl", "version", "--client");
        } catch (IOException missing) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base", "k8s/overlays/development", "k8s/overlays/production"})
    void whatIsAppliedIsValidAndRestricted(String folder) throws IOException, InterruptedException {
        var rendered = rendered(folder);

        assertThat(rendered.all())
                .hasSizeGreaterThan(4)
                .allSatisfy(manifest -> assertThat(Kinds.fault(manifest)).isEmpty());
        assertThat(rendered.pods())
                .hasSize(2)
                .allSatisfy(pod -> assertThat(Restricted.faults(pod)).isEmpty());
    }

    @Test
    void inDevelopmentOneReplicaIsEnough() throws IOException, InterruptedException {
        var rendered = rendered("k8s/overlays/development");

        assertThat(rendered.of("Deployment"))
                .singleElement()
                .matches(deployment -> deployment.at("/spec/replicas").asInt() == 1)
                .matches(deployment ->
                        deployment.at("/metadata/namespace").asText().equals("plimsoll-development"));
        assertThat(rendered.of("PodDisruptionBudget")).isEmpty();
    }

    @Test
    void inProductionServerAndMigrationUseTheSameDatabase() throws IOException, InterruptedException {
        var rendered = rendered("k8s/overlays/production");

        var told = rendered.of("ConfigMap").findFirst().orElseThrow().at("/data/PLIMSOLL_OPS_DATABASE_URL");
        assertThat(rendered.one("Job", "plimsoll-migrate").toString()).contains(told.asText());
        assertThat(rendered.of("Deployment"))
                .singleElement()
                .matches(deployment -> deployment.at("/spec/replicas").asInt() == 3)
                .matches(deployment -> deployment.toString().contains("DoNotSchedule"));
    }

    @Test
    void theBaseIsToldWhatTheChartTells() throws IOException, InterruptedException {
        var chart = Chart.render(Generated.read(Path.of("k8s/base/values.yaml")));

        assertThat(settings(rendered("k8s/base"))).isEqualTo(settings(chart)).isNotEmpty();
    }

    private static JsonNode settings(Manifests manifests) {
        return manifests.of("ConfigMap").findFirst().orElseThrow().at("/data");
    }

    @Test
    void whoeverChangesASettingOrASecretGetsNewPods(@TempDir(factory = InTarget.class) Path folder) throws Exception {
        var before = pod(folder, "");
        var setting = pod(folder, """
            configMapGenerator: [{name: plimsoll, namespace: plimsoll, behavior: merge, literals: [PLIMSOLL_PIPELINE_EVERY=7s]}]
            """);
        var secret = pod(folder, """
            secretGenerator: [{name: plimsoll, namespace: plimsoll, literals: [api-password=one]}]
            """);
        var otherSecret = pod(folder, """
            secretGenerator: [{name: plimsoll, namespace: plimsoll, literals: [api-password=two]}]
            """);

        assertThat(List.of(before, setting, secret, otherSecret)).doesNotHaveDuplicates();
        assertThat(pod(folder, "")).isEqualTo(before);
    }

    /** What a change of replaces the pods: of an overlay on that of production. */
    private static JsonNode pod(Path folder, String more) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("kustomization.yaml"), "resources: [../../k8s/overlays/production]\n" + more);
        return rendered(folder.toString()).one("Deployment", "plimsoll").at("/spec/template");
    }

    /** Kustomize takes other folders by relative paths only. */
    private static final class InTarget implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.createTempDirectory(Path.of("target"), "overlay");
        }
    }

    private static Manifests rendered(String folder) throws IOException, InterruptedException {
        return new Manifests(output("kubectl", "kustomize", folder));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }
}
