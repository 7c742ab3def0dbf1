package org.tenderpoint.issue;

/** A setting under which the server would lose or give away records; it does not start then. */
public final class UnsafeSetting extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    /**
     * @param problem what could happen, in a sentence
     * @param remedy which setting to change to what, in a sentence
     */
    public UnsafeSetting(String problem, String remedy) {
        super(problem + " " + remedy);
        this.problem = problem;
        this.remedy = remedy;
    }

    /** What could happen. */
    public String problem() {
        return problem;
    }

    /** Which setting to change to what. */
    public String remedy() {
        return remedy;
    }
}
