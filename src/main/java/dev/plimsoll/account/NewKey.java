package dev.plimsoll.account;

/** A key that was just made, with the secret that is shown once. */
public record NewKey(ApiKey key, KeySecret secret) {}
