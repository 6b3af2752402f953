pub(super) mod check;
