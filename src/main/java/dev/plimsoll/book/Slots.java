package dev.plimsoll.book;

import java.util.Arrays;

/** A growing list of slot numbers, without boxes. */
final class Slots {
    private int[] slots = new int[64];
    private int size;

    void add(int slot) {
        slots = size == slots.length ? Arrays.copyOf(slots, 2 * size) : slots;
        slots[size++] = slot;
    }

    void addAll(Slots others) {
        for (var i = 0; i < others.size; i++) {
            add(others.slots[i]);
        }
    }

    int get(int index) {
        return slots[index];
    }

    int size() {
        return size;
    }
}
