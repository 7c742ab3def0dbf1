package org.tenderpoint.access;

import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Scope.Category;
import org.tenderpoint.access.Scope.Context;

/**
 * A part of the resources of a type, as a scope describes it.
 *
 * @param ofPatient true for those of the token's one patient
 * @param category the category they are in; none for all
 */
public record Region(boolean ofPatient, @Nullable Category category) {

    static final Region EVERYTHING = new Region(false, null);

    static Region of(Scope scope) {
        return new Region(scope.context() == Context.PATIENT, scope.category());
    }

    boolean includes(Region other) {
        return (!ofPatient || other.ofPatient)
                && (category == null || (other.category != null && category.includes(other.category)));
    }
}
