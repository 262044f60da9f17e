package dev.plimsoll.api;

import dev.plimsoll.wire.FreePort;
import java.util.HashMap;
import java.util.Map;

/** As {@link ApiProfile}, reachable from outside and with pagers and a mail server on this machine. */
public class PagersProfile extends ApiProfile {
    static final int PAGER_DUTY = FreePort.next();
    static final int PUSHOVER = FreePort.next();
    static final int MAIL = FreePort.next();

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.put("plimsoll.api.public-url", "https://plimsoll.example/");
        settings.put("plimsoll.delivery.pagerduty.url", "http://127.0.0.1:" + PAGER_DUTY);
        settings.put("plimsoll.delivery.pushover.url", "http://127.0.0.1:" + PUSHOVER);
        settings.put("plimsoll.delivery.pushover.token", "azGDORePK8gMaC0QOYAMyEEuzJnyUi");
        settings.put("plimsoll.delivery.email.host", "127.0.0.1");
        settings.put("plimsoll.delivery.email.port", Integer.toString(MAIL));
        settings.put("plimsoll.delivery.email.encryption", "none");
        settings.put("plimsoll.delivery.email.from", "alerts@plimsoll.example");
        settings.put("plimsoll.delivery.email.from-name", "Plimsoll \"⚓\" Wacht");
        return settings;
    }
}
