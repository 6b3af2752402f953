pub(super) mod lint;
