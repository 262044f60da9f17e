package dev.plimsoll.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Pod Security Standard <i>restricted</i>, with what Plimsoll promises beyond it: no root file system to write to, no
 * token of a service account.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>
 */
final class Restricted {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

    private Restricted() {}

    /** What a pod may not do, in words; empty for one that is restricted. */
    static List<String> faults(JsonNode pod) {
        var faults = new ArrayList<String>();
        Stream.of("hostNetwork", "hostPID", "hostIPC")
                .filter(field -> pod.path(field).asBoolean(false))
                .forEach(field -> faults.add(field + " is on"));
        if (pod.path("automountServiceAccountToken").asBoolean(true)) {
            faults.add("it gets the token of its service account");
        }
        Manifests.list(pod.path("volumes"))
                .flatMap(volume -> volume.propertyStream().map(field -> field.getKey()))
                .filter(field -> !field.equals("name") && !VOLUMES.contains(field))
                .forEach(kind -> faults.add("it mounts a " + kind));
        Stream.of("containers", "initContainers", "ephemeralContainers")
                .flatMap(list -> Manifests.list(pod.path(list)))
                .forEach(container -> faults.addAll(faults(pod, container)));
        return faults;
    }

    private static List<String> faults(JsonNode pod, JsonNode container) {
        var own = container.path("securityContext");
        return Stream.of(
                        fault("privileged", own.path("privileged").asBoolean(false)),
                        fault(
                                "may become more",
                                own.path("allowPrivilegeEscalation").asBoolean(true)),
                        fault(
                                "keeps capabilities",
                                Manifests.list(own.at("/capabilities/drop"))
                                        .noneMatch(word -> word.asText().equals("ALL"))),
                        fault(
                                "adds capabilities",
                                Manifests.list(own.at("/capabilities/add"))
                                        .anyMatch(Predicate.not(
                                                word -> word.asText().equals("NET_BIND_SERVICE")))),
                        fault(
                                "may run as root",
                                !either(pod, container, "runAsNonRoot").asBoolean(false)),
                        fault("is root", either(pod, container, "runAsUser").asInt(-1) == 0),
                        fault(
                                "has no seccomp profile",
                                !PROFILES.contains(either(pod, container, "seccompProfile")
                                        .path("type")
                                        .asText())),
                        fault(
                                "may write to its root file system",
                                !own.path("readOnlyRootFilesystem").asBoolean(false)),
                        fault(
                                "has a port of the node",
                                Manifests.list(container.path("ports")).anyMatch(port -> port.has("hostPort"))))
                .flatMap(List::stream)
                .map(what -> container.path("name").asText() + " " + what)
                .toList();
    }

    private static List<String> fault(String what, boolean so) {
        return so ? List.of(what) : List.of();
    }

    /** The container's own word counts more than the pod's. */
    private static JsonNode either(JsonNode pod, JsonNode container, String field) {
        var own = container.path("securityContext").path(field);
        return own.isMissingNode() ? pod.path("securityContext").path(field) : own;
    }
}
