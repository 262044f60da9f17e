package dev.plimsoll.api;

import dev.plimsoll.account.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope a key must have. Without it GET needs {@code read} and everything else {@code operate}. On a method it goes
 * before that on its class.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Needs {
    Scope value();
}
