package dev.plimsoll.chart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Kubernetes would say of a manifest.
 *
 * <p>Unknown and missing fields are found by the models that Kubernetes generates from its OpenAPI document; wrong types, and
 * the kinds of the Prometheus operator, by those of fabric8.
 */
final class Kinds {
    private static final JsonMapper TYPED = JsonMapper.builder()
            .annotationIntrospector(new NothingExtra())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    textual -> Stream.of(
                                    CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> textual.setCoercion(shape, CoercionAction.Fail)))
            .build();

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", new Kind(V1ConfigMap::validateJsonElement, ConfigMap.class)),
            Map.entry("v1 Service", new Kind(V1Service::validateJsonElement, Service.class)),
            Map.entry("v1 Pod", new Kind(V1Pod::validateJsonElement, Pod.class)),
            Map.entry("apps/v1 Deployment", new Kind(V1Deployment::validateJsonElement, Deployment.class)),
            Map.entry("batch/v1 Job", new Kind(V1Job::validateJsonElement, Job.class)),
            Map.entry(
                    "autoscaling/v2 HorizontalPodAutoscaler",
                    new Kind(V2HorizontalPodAutoscaler::validateJsonElement, HorizontalPodAutoscaler.class)),
            Map.entry(
                    "policy/v1 PodDisruptionBudget",
                    new Kind(V1PodDisruptionBudget::validateJsonElement, PodDisruptionBudget.class)),
            Map.entry("networking.k8s.io/v1 Ingress", new Kind(V1Ingress::validateJsonElement, Ingress.class)),
            Map.entry(
                    "networking.k8s.io/v1 NetworkPolicy",
                    new Kind(V1NetworkPolicy::validateJsonElement, NetworkPolicy.class)),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", new Kind(Kinds::anything, ServiceMonitor.class)),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", new Kind(Kinds::anything, PrometheusRule.class)));

    private Kinds() {}

    /** Throws what is wrong. */
    @FunctionalInterface
    private interface Schema {
        void check(JsonElement manifest) throws IOException;
    }

    private record Kind(Schema schema, Class<?> model) {}

    /** The first thing that is wrong with it. */
    static Optional<String> fault(JsonNode manifest) {
        var name =
                manifest.at("/apiVersion").asText() + " " + manifest.at("/kind").asText();
        if (!KINDS.containsKey(name)) {
            return Optional.of("there is no kind " + name);
        }
        try {
            KINDS.get(name).schema().check(JsonParser.parseString(manifest.toString()));
            TYPED.treeToValue(manifest, KINDS.get(name).model());
            return Optional.empty();
        } catch (IllegalArgumentException | IOException wrong) {
            return Optional.of(name + ": " + wrong.getMessage());
        }
    }

    private static void anything(JsonElement manifest) {}

    /** fabric8's models keep what they do not know in a map beside; here they may not. */
    private static final class NothingExtra extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
