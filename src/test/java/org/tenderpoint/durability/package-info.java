/** What is acknowledged stays, what is refused leaves nothing, and what happens at once happens one after the other. */
@NullMarked
package org.tenderpoint.durability;

import org.jspecify.annotations.NullMarked;
