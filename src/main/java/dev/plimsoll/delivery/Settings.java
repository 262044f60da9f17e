package dev.plimsoll.delivery;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a channel's owner said of it, by field. Some of it is secret. */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    /** Of a field that is required or has a fallback. */
    public String get(Field field) {
        return find(field)
                .orElseThrow(() -> new IllegalArgumentException("there is no " + field.name() + " in " + this));
    }

    public Optional<String> find(Field field) {
        return Optional.ofNullable(values.get(field.name())).or(field::fallback);
    }

    /** The same with this value instead; empty takes it out. */
    public Settings with(Field field, Optional<String> value) {
        var changed = new LinkedHashMap<>(values);
        value.ifPresentOrElse(some -> changed.put(field.name(), some), () -> changed.remove(field.name()));
        return new Settings(changed);
    }

    /** As it is sealed. */
    String json() {
        var json = new JsonObject();
        values.forEach(json::put);
        return json.encode();
    }

    static Settings of(String json) {
        var values = new LinkedHashMap<String, String>();
        new JsonObject(json)
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().toString()));
        return new Settings(values);
    }

    /** Never a value. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
