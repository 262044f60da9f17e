package dev.plimsoll.house;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * What every property is tried with. In a build its seed is made of its name: what is green stays green, and what fails
 * fails again. The system property {@code plimsoll.explore=20} tries 20 times as much instead, from a random seed, which is
 * printed where it fails; {@code plimsoll.seed} repeats it.
 *
 * <p>Found by jqwik as a service.
 */
public final class Seeds implements AroundPropertyHook {
    private static final int USUAL_TRIES = 1000;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        var explored = Optional.ofNullable(Integer.getInteger("plimsoll.explore"));
        var repeated = Optional.ofNullable(System.getProperty("plimsoll.seed"));
        var attributes = context.attributes();
        explored.ifPresent(times -> attributes.setTries(times * tries(attributes)));
        repeated.or(() -> Optional.of(seed(context)).filter(any -> explored.isEmpty()))
                .ifPresent(attributes::setSeed);
        return property.execute();
    }

    private static int tries(PropertyAttributes attributes) {
        return attributes.tries().orElse(USUAL_TRIES);
    }

    private static String seed(PropertyLifecycleContext context) {
        var name = context.containerClass().getName() + "."
                + context.targetMethod().getName();
        return String.valueOf(name.hashCode());
    }
}
