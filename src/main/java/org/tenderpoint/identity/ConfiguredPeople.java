package org.tenderpoint.identity;

import java.util.List;

/** The people that stand in the settings, each login once. */
public interface ConfiguredPeople {

    List<Person> people();
}
