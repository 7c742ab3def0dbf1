package org.tenderpoint.identity;

import java.time.Duration;
import java.util.List;
import org.tenderpoint.issue.BackgroundWork;

/** Does every ten minutes what nobody waits for: the next key, and the rows that have had their time. */
final class Upkeep extends BackgroundWork {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final SigningKeys keys;
    private final List<Sweep> sweeps;
    /** Takes away rows that have had their time. */
    interface Sweep {
        void sweep();
    }

    Upkeep(SigningKeys keys, List<Sweep> sweeps) {
        super("identity-upkeep");
        this.keys = keys;
        this.sweeps = List.copyOf(sweeps);
    }

    /** What is swept. */
    List<Sweep> sweeps() {
        return sweeps;
    }

    @Override
    protected void begin() {
        // Making the first key takes a while, so it does not hold up the start.
        soon(keys::signing);
        every(EVERY, this::round);
    }

    private void round() {
        quietly(keys::tend);
        sweeps.forEach(sweep -> quietly(sweep::sweep));
    }
}
