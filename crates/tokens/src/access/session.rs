use riskgate_model::DeviceFacts;

/// What an access token tells the application about the session, so that it can restrict what may be done in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SessionClaims<'a> {
    /// Whether policies tell the resource to restrict what an unmanaged device may do (`controls`: `app_res`).
    pub is_restricted: bool,
    /// The device that was proven, as it is on record now (`deviceid`, `signin_state`).
    pub device: Option<&'a DeviceFacts>,
    /// Whether the browser stays signed in when it is closed (`signin_state`: `kmsi`).
    pub stays_signed_in: bool,
}

impl SessionClaims<'_> {
    /// `controls`.
    pub(super) fn controls(&self) -> Vec<String> {
        self.is_restricted.then(|| "app_res".to_owned()).into_iter().collect()
    }

    /// `deviceid`.
    pub(super) fn device_id(&self) -> Option<String> {
        self.device.and_then(|device| device.device_id.clone())
    }

    /// `signin_state`: managed, compliant, joined to a domain, stays signed in; what is not known is left out.
    pub(super) fn signin_state(&self) -> Vec<String> {
        let has = |is_so: fn(&DeviceFacts) -> bool| self.device.is_some_and(is_so);
        let states = [
            ("dvc_mngd", has(|device| device.is_managed == Some(true))),
            ("dvc_cmp", has(|device| device.is_compliant == Some(true))),
            ("dvc_dmjd", has(DeviceFacts::is_domain_joined)),
            ("kmsi", self.stays_signed_in),
        ];
        states.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| name.to_owned()).collect()
    }
}
