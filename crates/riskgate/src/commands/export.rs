pub(super) mod sign_ins;
