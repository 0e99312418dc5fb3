using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Cognito.Operations;
using TemplateHost.Cognito.Storage;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>Amazon Cognito user pools: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/.</summary>
internal sealed class CognitoService : JsonService, IAwsService
{
    private const string KeySetPath = "/.well-known/jwks.json";

    // What a user does who has no AWS credentials; an access token or a password stands in the request itself.
    private static readonly HashSet<string> Unsigned =
    [
        "SignUp",
        "ConfirmSignUp",
        "ResendConfirmationCode",
        "ForgotPassword",
        "ConfirmForgotPassword",
        "InitiateAuth",
        "RespondToAuthChallenge",
        "RevokeToken",
        "GetUser",
        "ChangePassword",
        "GlobalSignOut",
        "AssociateSoftwareToken",
        "VerifySoftwareToken",
        "SetUserMFAPreference",
    ];

    private readonly HostContext host;

    public CognitoService(HostContext host)
    {
        this.host = host;
        PoolTables.Define(host.Store);
        var pools = new PoolDirectory(host, Signer);
        var signUp = new SignUpOperations(host, pools, new MailedCodes(host));
        var issuer = new TokenIssuer(host, Signer);
        var tokens = new SoftwareTokenOperations(host, pools);
        var attempts = new PasswordAttempts(host);
        var signIn = new SignInOperations(host, pools, issuer, attempts, new SignInSteps(host, pools, issuer));
        var users = new UserOperations(host, pools, attempts);
        var admin = new AdminOperations(host, pools);
        var administration = new PoolOperations(host, pools);
        var clients = new ClientOperations(host, pools);
        var groups = new GroupOperations(host, pools);
        Operations = new([
            new("SignUp", "ClientId Username Password UserAttributes UserContextData ClientMetadata ValidationData", signUp.SignUpAsync),
            new("ConfirmSignUp", "ClientId Username ConfirmationCode UserContextData ClientMetadata", signUp.ConfirmAsync),
            new("ResendConfirmationCode", "ClientId Username UserContextData ClientMetadata", signUp.ResendAsync),
            new("ForgotPassword", "ClientId Username UserContextData ClientMetadata", signUp.ForgotPasswordAsync),
            new(
                "ConfirmForgotPassword",
                "ClientId Username ConfirmationCode Password UserContextData ClientMetadata",
                signUp.ConfirmForgotPasswordAsync
            ),
            new("InitiateAuth", "AuthFlow AuthParameters ClientId UserContextData ClientMetadata", signIn.InitiateAsync),
            new(
                "RespondToAuthChallenge",
                "ClientId ChallengeName Session ChallengeResponses UserContextData ClientMetadata",
                signIn.RespondAsync
            ),
            new("RevokeToken", "Token ClientId", signIn.RevokeAsync),
            new("GetUser", "AccessToken", users.GetAsync),
            new("ChangePassword", "PreviousPassword ProposedPassword AccessToken", users.ChangePasswordAsync),
            new("GlobalSignOut", "AccessToken", users.SignOutAsync),
            new("AssociateSoftwareToken", "AccessToken", tokens.AssociateAsync),
            new("VerifySoftwareToken", "AccessToken UserCode FriendlyDeviceName", tokens.VerifyAsync),
            new("SetUserMFAPreference", "SoftwareTokenMfaSettings(Enabled PreferredMfa) AccessToken", tokens.SetPreferenceAsync),
            new(
                "AdminSetUserMFAPreference",
                "SoftwareTokenMfaSettings(Enabled PreferredMfa) Username UserPoolId",
                tokens.AdminSetPreferenceAsync
            ),
            new(
                "AdminCreateUser",
                "UserPoolId Username UserAttributes TemporaryPassword MessageAction=SUPPRESS "
                    + "DesiredDeliveryMediums ClientMetadata ValidationData",
                admin.CreateAsync
            ),
            new("AdminSetUserPassword", "UserPoolId Username Password Permanent", admin.SetPasswordAsync),
            new("AdminConfirmSignUp", "UserPoolId Username ClientMetadata", admin.ConfirmAsync),
            new("AdminGetUser", "UserPoolId Username", admin.GetAsync),
            new("AdminDisableUser", "UserPoolId Username", admin.DisableAsync),
            new("AdminEnableUser", "UserPoolId Username", admin.EnableAsync),
            new("ListUsers", "UserPoolId Limit PaginationToken", admin.ListAsync),
            new(
                "CreateUserPool",
                "PoolName Policies(PasswordPolicy(MinimumLength RequireLowercase RequireUppercase RequireNumbers "
                    + "RequireSymbols TemporaryPasswordValidityDays=7)) AutoVerifiedAttributes Schema UsernameConfiguration "
                    + "AdminCreateUserConfig(AllowAdminCreateUserOnly) EmailVerificationSubject "
                    + "EmailVerificationMessage SmsVerificationMessage VerificationMessageTemplate "
                    + "AccountRecoverySetting DeletionProtection MfaConfiguration=OFF",
                administration.CreateAsync
            ),
            new("DescribeUserPool", "UserPoolId", administration.DescribeAsync),
            new("ListUserPools", "NextToken MaxResults", administration.ListAsync),
            new("DeleteUserPool", "UserPoolId", administration.DeleteAsync),
            new(
                "CreateUserPoolClient",
                "UserPoolId ClientName RefreshTokenValidity AccessTokenValidity IdTokenValidity "
                    + "TokenValidityUnits WriteAttributes ExplicitAuthFlows SupportedIdentityProviders=COGNITO "
                    + "PreventUserExistenceErrors EnableTokenRevocation AuthSessionValidity=3",
                clients.CreateAsync
            ),
            new("DescribeUserPoolClient", "UserPoolId ClientId", clients.DescribeAsync),
            new("ListUserPoolClients", "UserPoolId MaxResults NextToken", clients.ListAsync),
            new("CreateGroup", "GroupName UserPoolId", groups.CreateAsync),
            new("GetGroup", "GroupName UserPoolId", groups.GetAsync),
            new("ListGroups", "UserPoolId Limit NextToken", groups.ListAsync),
            new("DeleteGroup", "GroupName UserPoolId", groups.DeleteAsync),
            new("AdminAddUserToGroup", "UserPoolId Username GroupName", groups.AddUserAsync),
        ]);
    }

    public TokenSigner Signer { get; } = new();

    public override string SigningName => "cognito-idp";

    protected override string ContentType => "application/x-amz-json-1.1";

    protected override string UnknownOperationCode => "InvalidAction";

    protected override string UnservedMemberCode => "InvalidParameterException";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }

    public override bool AllowsAnonymous(AwsRequest request) =>
        request.Method is "GET" or "OPTIONS" || Unsigned.Contains(OperationOf(request));

    /// <summary>As at AWS, pages of any origin may make the calls that need no signature.</summary>
    public bool AllowsOrigin(AwsRequest request, string origin) => AllowsAnonymous(request);

    async Task<AwsResponse> IAwsService.HandleAsync(AwsRequest request, CancellationToken cancellationToken) =>
        PoolPages.Describe(
            request.Method switch
            {
                "GET" => Publish(request),
                "OPTIONS" => PoolPages.Preflight(request),
                _ => await HandleAsync(request, cancellationToken),
            },
            request
        );

    AwsResponse IAwsService.WriteError(AwsException error, AwsRequest request) => PoolPages.Describe(WriteError(error, request), request);

    /// <summary>The pool's public keys, for whoever verifies its tokens.</summary>
    private AwsResponse Publish(AwsRequest request)
    {
        var id = request.RawPath.EndsWith(KeySetPath, StringComparison.Ordinal) ? request.RawPath[1..^KeySetPath.Length] : "";
        var pool =
            host.Store.Read(session => PoolTables.Pool(session, id))
            ?? throw new AwsException("ResourceNotFoundException", "Not found.", 404);
        var response = new AwsResponse { Body = JsonSerializer.SerializeToUtf8Bytes(Signer.KeySet(pool)) };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
