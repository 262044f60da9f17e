package dev.plimsoll.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
