package dev.plimsoll.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.ops.check.KnownSettings;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator gets from the Helm chart. */
class ChartTest {

    @Test
    void helmFindsNothingToMend() {
        assertThat(Chart.lint()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @EnumSource
    void kubernetesWouldTakeEveryManifest(Wish wish) {
        assertThat(wish.rendered().all())
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(Kinds.fault(manifest)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void everyPodIsRestricted(Wish wish) {
        assertThat(wish.rendered().pods())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(pod -> assertThat(Restricted.faults(pod)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void whatPodsAreToldAreSettingsThatExist(Wish wish) {
        var known = KnownSettings.names().stream().map(SettingsSchema::variable).collect(Collectors.toSet());

        assertThat(wish.rendered().variables().filter(name -> name.startsWith("PLIMSOLL_")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).anyMatch(one -> name.matches(one.replace("___", "_[A-Z0-9]+_"))));
    }

    @ParameterizedTest
    @EnumSource
    void noSecretIsAValue(Wish wish) {
        assertThat(wish.rendered()
                        .of("ConfigMap")
                        .flatMap(map -> map.at("/data").propertyStream()))
                .noneMatch(entry -> entry.getKey().matches(".*(PASSWORD|TOKEN|ADMIN_KEY|DEAD_MAN_URL)"));
        assertThat(wish.rendered().of("Secret")).isEmpty();
    }

    @Test
    void theSchemaAndTheSchemaAloneIsMigratedAsItsOwner() {
        var all = Wish.EVERYTHING.rendered();

        assertThat(all.one("Job", "plimsoll-migrate").at("/spec/template/spec").toString())
                .contains("plimsoll-owner", "owner-password");
        assertThat(all.of("Deployment"))
                .isNotEmpty()
                .allSatisfy(deployment ->
                        assertThat(deployment.toString()).doesNotContain("plimsoll-owner", "owner-password"));
    }

    @Test
    void aPodHasTimeToFinishWhatItSends() {
        var pod = Wish.LITTLE.rendered().one("Deployment", "plimsoll").at("/spec/template/spec");
        var settings = Wish.LITTLE.rendered().one("ConfigMap", "plimsoll").at("/data");

        assertThat(pod.at("/terminationGracePeriodSeconds").asInt())
                .isGreaterThan(
                        pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt()
                                + seconds(settings.at("/QUARKUS_SHUTDOWN_DELAY"))
                                + seconds(settings.at("/QUARKUS_SHUTDOWN_TIMEOUT")));
    }

    private static int seconds(JsonNode duration) {
        return Integer.parseInt(duration.asText().replace("s", ""));
    }

    @Test
    void aRestartIsNeverTheAnswerToADatabaseThatIsGone() {
        var container = Wish.LITTLE.rendered().one("Deployment", "plimsoll").at("/spec/template/spec/containers/0");

        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
    }

    @Test
    void watchAndCourierCanBeApartAndOnlyTheCourierGrows() {
        var apart = Wish.EVERYTHING.rendered();

        assertThat(apart.of("Deployment").toList())
                .extracting(
                        deployment -> deployment.at("/metadata/name").asText(),
                        deployment -> deployment
                                .at("/spec/template/spec/containers/0/env/0/value")
                                .asText(),
                        deployment -> deployment.at("/spec").has("replicas"))
                .containsExactlyInAnyOrder(
                        tuple("plimsoll-watch", "watch", true), tuple("plimsoll-courier", "courier,chat,api", false));
        assertThat(apart.one("HorizontalPodAutoscaler", "plimsoll")
                        .at("/spec/scaleTargetRef/name")
                        .asText())
                .isEqualTo("plimsoll-courier");
    }

    @ParameterizedTest
    @EnumSource
    void everySelectorFindsItsPods(Wish wish) {
        var pods = wish.rendered().of("Deployment").toList();

        assertThat(wish.rendered()
                        .of("Service")
                        .filter(service ->
                                !service.at("/metadata/name").asText().endsWith("-sink")))
                .hasSize(2)
                .allSatisfy(service -> assertThat(pods)
                        .anyMatch(pod ->
                                isPartOf(service.at("/spec/selector"), pod.at("/spec/template/metadata/labels"))));
        assertThat(wish.rendered().of("PodDisruptionBudget"))
                .hasSameSizeAs(pods)
                .allSatisfy(budget -> assertThat(pods)
                        .filteredOn(pod -> isPartOf(
                                budget.at("/spec/selector/matchLabels"), pod.at("/spec/template/metadata/labels")))
                        .hasSize(1));
    }

    private static boolean isPartOf(JsonNode wanted, JsonNode labels) {
        return wanted.propertyStream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    @Test
    void whereCloudsKeepTheirMetadataNobodyGets() {
        var policy = Wish.EVERYTHING.rendered().one("NetworkPolicy", "plimsoll");

        assertThat(Manifests.list(policy.at("/spec/egress"))
                        .filter(rule ->
                                !asksForNames(rule)) // a resolver may be where the metadata are, at a port of its own
                        .flatMap(rule -> Manifests.list(rule.path("to")))
                        .map(peer -> peer.path("ipBlock"))
                        .filter(block -> block.path("cidr").asText().endsWith("/0")))
                .hasSize(4)
                .allSatisfy(block -> assertThat(block.at("/except").toString())
                        .containsAnyOf("\"169.254.0.0/16\"", "\"fe80::/10\""));
    }

    private static boolean asksForNames(JsonNode rule) {
        return Manifests.list(rule.path("ports"))
                .allMatch(port -> Set.of(53, 5353).contains(port.path("port").asInt()));
    }

    /** A cache on the node has an address of the link, and is no pod. */
    @Test
    void namesMayBeAskedForWhereverTheResolverIs() {
        var policy = Wish.LITTLE.rendered().one("NetworkPolicy", "plimsoll");

        assertThat(Manifests.list(policy.at("/spec/egress")).filter(ChartTest::asksForNames))
                .singleElement()
                .extracting(rule -> rule.path("to").toString())
                .isEqualTo(
                        "[{\"namespaceSelector\":{}},{\"ipBlock\":{\"cidr\":\"0.0.0.0/0\"}},{\"ipBlock\":{\"cidr\":\"::/0\"}}]");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://10.0.0.5/plimsoll, 5432",
        "postgresql://db1/plimsoll, 5432",
        "postgresql://db1:6543/plimsoll, 6543"
    })
    void theDatabaseIsReachedAtItsPort(String url, int port) {
        var policy = Chart.render(Wish.with("database: {url: \"" + url + "\"}")).one("NetworkPolicy", "plimsoll");

        assertThat(Manifests.list(policy.at("/spec/egress"))
                        .flatMap(rule -> Manifests.list(rule.path("ports")))
                        .map(open -> open.path("port").asInt()))
                .contains(port)
                .doesNotContain(1, 5);
    }

    @Test
    void trafficToTheServersAndTheWebIsAllThatLeaves() {
        var policy = Wish.EVERYTHING.rendered().one("NetworkPolicy", "plimsoll");

        assertThat(Manifests.list(policy.at("/spec/egress"))
                        .flatMap(rule -> Manifests.list(rule.path("ports")))
                        .map(port -> port.path("port").asInt())
                        .distinct())
                .containsExactlyInAnyOrder(53, 5353, 5433, 6380, 587, 443, 8443, 8080, 8081);
    }

    @Test
    void theNextThreeCommandsAreShown() {
        assertThat(Chart.notes(Wish.LITTLE.yaml()))
                .contains(
                        "kubectl -n plimsoll rollout status deployment/plimsoll\n",
                        "helm test plimsoll -n plimsoll",
                        "kubectl -n plimsoll port-forward service/plimsoll 8080:80");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrongIsRefusedWithASentence(Mistake mistake) {
        assertThatThrownBy(() -> Chart.render(mistake.yaml()))
                .isInstanceOf(Chart.Refused.class)
                .hasMessageContaining(mistake.sentence());
    }
}
