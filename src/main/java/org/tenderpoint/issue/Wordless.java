package org.tenderpoint.issue;

import org.jspecify.annotations.Nullable;

/**
 * A failure for the log: where it happened and what kind it was, without the words. The message of a database names the
 * values that it could not keep, and that of a parser what it read.
 */
public final class Wordless extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 20;

    private Wordless(Throwable of, @Nullable Throwable cause) {
        super(of.getClass().getName(), cause);
        setStackTrace(of.getStackTrace());
    }

    /** The same failure, and the causes behind it. */
    public static Wordless of(Throwable failure) {
        return of(failure, DEEPEST);
    }

    private static Wordless of(Throwable failure, int deep) {
        var cause = failure.getCause();
        return new Wordless(failure, cause == null || deep == 0 ? null : of(cause, deep - 1));
    }
}
