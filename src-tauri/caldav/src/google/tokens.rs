//! Tokens from Google: the request for them, and what its refusals mean.

use std::time::Duration;

use http::Uri;
use oauth2::basic::{BasicClient, BasicErrorResponseType, BasicTokenResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    TokenResponse, TokenUrl,
};
use waymark_core::input_error::{ErrorCode, InputError};

use super::{GoogleClient, Grant};
use crate::failure::Failure;
use crate::http_client::agent;
use crate::places::Places;

/// Upper bound of an answer with tokens, in bytes.
const LONGEST_ANSWER: u64 = 1 << 20;

/// The client with both of Google's addresses.
pub(super) type Client =
    BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// The source of tokens.
pub(crate) struct Tokens {
    client: Client,
    agent: ureq::Agent,
    host: String,
}

impl Tokens {
    pub fn new(client: &GoogleClient, places: &Places, timeout: Duration) -> Result<Self, Failure> {
        let unusable = |error: oauth2::url::ParseError| Failure::Unreadable(error.to_string());
        let authorize = AuthUrl::new(places.authorize.clone()).map_err(unusable)?;
        let token = TokenUrl::new(places.token.clone()).map_err(unusable)?;
        let uri: Uri = places.token.parse().unwrap_or_default();
        let host = uri.host().unwrap_or_default().to_owned();
        let client = BasicClient::new(ClientId::new(client.id.clone()))
            .set_client_secret(ClientSecret::new(client.secret.clone()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(authorize)
            .set_token_uri(token);
        Ok(Self {
            client,
            agent: agent(timeout, &host),
            host,
        })
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The refresh token for a code, which the browser brought to `redirect`.
    pub fn first(
        &self,
        code: String,
        verifier: PkceCodeVerifier,
        redirect: &RedirectUrl,
    ) -> Result<String, Failure> {
        let request = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(verifier)
            .set_redirect_uri(std::borrow::Cow::Borrowed(redirect));
        let tokens = request.request(&|request: HttpRequest| self.send(request));
        let tokens = tokens.map_err(|error| self.refused(error))?;
        let refresh = tokens.refresh_token().ok_or_else(|| {
            let sentence = "Google gave no lasting sign-in. Remove Waymark's client at myaccount.google.com/connections, and sign in again";
            Failure::Given(InputError::sentence(ErrorCode::SignIn, sentence))
        })?;
        Ok(refresh.secret().clone())
    }

    /// An access token.
    pub fn next(&self, grant: &Grant) -> Result<String, Failure> {
        let refresh = RefreshToken::new(grant.refresh_token.clone());
        let request = self.client.exchange_refresh_token(&refresh);
        let tokens: Result<BasicTokenResponse, _> =
            request.request(&|request: HttpRequest| self.send(request));
        let tokens = tokens.map_err(|error| self.refused(error))?;
        Ok(tokens.access_token().secret().clone())
    }

    /// Sends a request, and follows no redirect.
    fn send(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let (parts, mut body) = self.agent.run(request)?.into_parts();
        let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, body))
    }

    fn refused(
        &self,
        error: RequestTokenError<ureq::Error, oauth2::basic::BasicErrorResponse>,
    ) -> Failure {
        let given =
            |sentence: String| Failure::Given(InputError::sentence(ErrorCode::SignIn, sentence));
        match error {
            RequestTokenError::ServerResponse(answer) => match answer.error() {
                BasicErrorResponseType::InvalidGrant => Failure::SignInAgain,
                BasicErrorResponseType::InvalidClient
                | BasicErrorResponseType::UnauthorizedClient => given(
                    "Google doesn't know this client id and secret. Copy both again from Google's console"
                        .to_owned(),
                ),
                other => given(format!("Google refused the sign-in ({})", other.as_ref())),
            },
            RequestTokenError::Request(error) => Failure::of_connection(&self.host, &error),
            // Its text may contain a token.
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                Failure::Unreadable("it isn't one of a sign-in".to_owned())
            }
        }
    }
}
