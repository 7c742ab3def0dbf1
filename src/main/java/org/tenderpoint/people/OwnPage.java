package org.tenderpoint.people;

import java.util.Set;
import org.tenderpoint.access.Role;

/**
 * A page that another room has for people in a role, and that their own page leads to.
 *
 * @param path below {@code /account/}
 * @param name of the link
 */
public record OwnPage(Set<Role> roles, String path, String name) {

    public OwnPage {
        roles = Set.copyOf(roles);
    }
}
