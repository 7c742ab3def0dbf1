package org.tenderpoint.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance that falls the same way again for the same seed. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    /** True in so many of a hundred cases. */
    boolean in100(int cases) {
        return random.nextInt(100) < cases;
    }

    /** A number from 0 up to, and without, the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Some of them, in their order; at least one. */
    <T> List<T> some(List<T> choices, int most) {
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < choices.size(); i++) {
            positions.add(i);
        }
        Collections.shuffle(positions, random);
        var number = Math.min(choices.size(), 1 + random.nextInt(most));
        return positions.subList(0, number).stream().sorted().map(choices::get).toList();
    }
}
