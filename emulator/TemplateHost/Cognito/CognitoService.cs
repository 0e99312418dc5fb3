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
        Operations = new Dictionary<string, Func<JsonCall, Task<JsonObject>>>
        {
            ["SignUp"] = signUp.SignUpAsync,
            ["ConfirmSignUp"] = signUp.ConfirmAsync,
            ["ResendConfirmationCode"] = signUp.ResendAsync,
            ["ForgotPassword"] = signUp.ForgotPasswordAsync,
            ["ConfirmForgotPassword"] = signUp.ConfirmForgotPasswordAsync,
            ["InitiateAuth"] = signIn.InitiateAsync,
            ["RespondToAuthChallenge"] = signIn.RespondAsync,
            ["RevokeToken"] = signIn.RevokeAsync,
            ["GetUser"] = users.GetAsync,
            ["ChangePassword"] = users.ChangePasswordAsync,
            ["GlobalSignOut"] = users.SignOutAsync,
            ["AssociateSoftwareToken"] = tokens.AssociateAsync,
            ["VerifySoftwareToken"] = tokens.VerifyAsync,
            ["SetUserMFAPreference"] = tokens.SetPreferenceAsync,
            ["AdminSetUserMFAPreference"] = tokens.AdminSetPreferenceAsync,
            ["AdminCreateUser"] = admin.CreateAsync,
            ["AdminSetUserPassword"] = admin.SetPasswordAsync,
            ["AdminConfirmSignUp"] = admin.ConfirmAsync,
            ["AdminGetUser"] = admin.GetAsync,
            ["AdminDisableUser"] = admin.DisableAsync,
            ["AdminEnableUser"] = admin.EnableAsync,
            ["AdminDeleteUser"] = admin.DeleteAsync,
            ["AdminUserGlobalSignOut"] = admin.SignOutAsync,
            ["ListUsers"] = admin.ListAsync,
            ["AdminInitiateAuth"] = signIn.AdminInitiateAsync,
            ["CreateUserPool"] = administration.CreateAsync,
            ["DescribeUserPool"] = administration.DescribeAsync,
            ["ListUserPools"] = administration.ListAsync,
            ["DeleteUserPool"] = administration.DeleteAsync,
            ["CreateUserPoolClient"] = clients.CreateAsync,
            ["DescribeUserPoolClient"] = clients.DescribeAsync,
            ["ListUserPoolClients"] = clients.ListAsync,
            ["DeleteUserPoolClient"] = clients.DeleteAsync,
            ["CreateGroup"] = groups.CreateAsync,
            ["GetGroup"] = groups.GetAsync,
            ["ListGroups"] = groups.ListAsync,
            ["DeleteGroup"] = groups.DeleteAsync,
            ["AdminAddUserToGroup"] = groups.AddUserAsync,
            ["AdminRemoveUserFromGroup"] = groups.RemoveUserAsync,
            ["AdminListGroupsForUser"] = groups.ListOfUserAsync,
        };
    }

    public TokenSigner Signer { get; } = new();

    public override string SigningName => "cognito-idp";

    protected override string ContentType => "application/x-amz-json-1.1";

    protected override string UnknownOperationCode => "InvalidAction";

    protected override IReadOnlyDictionary<string, Func<JsonCall, Task<JsonObject>>> Operations { get; }

    public override bool AllowsAnonymous(AwsRequest request) => request.Method == "GET" || Unsigned.Contains(OperationOf(request));

    Task<AwsResponse> IAwsService.HandleAsync(AwsRequest request, CancellationToken cancellationToken) =>
        request.Method == "GET" ? Task.FromResult(Publish(request)) : HandleAsync(request, cancellationToken);

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
