package dev.plimsoll.pipeline;

import java.util.HashMap;
import java.util.Map;

/** As {@link WatchProfile}, with an operator who is to be told of what blinds many. */
public class OperatorProfile extends WatchProfile {
    static final String OPERATOR = "0193b000-0000-7000-8000-000000000001";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("plimsoll.pipeline.operator-account", OPERATOR);
        return settings;
    }
}
