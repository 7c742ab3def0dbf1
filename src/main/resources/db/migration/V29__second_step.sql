-- Whether a code was shown when the session began: what an app is told of how somebody signed in is that, and not whether
-- she has a second step by now.
alter table identity_session add column second_step boolean default false not null;
