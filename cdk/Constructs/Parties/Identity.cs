using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Parties;

/// <summary>Who the parties are: a user pool whose <c>sub</c> is the party id.</summary>
public sealed class Identity : Construct
{
    public Identity(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        UserPool = new UserPool(
            this,
            "Parties",
            new UserPoolProps
            {
                SelfSignUpEnabled = true,
                SignInAliases = new SignInAliases { Username = true },
                SignInCaseSensitive = false,
                AutoVerify = new AutoVerifiedAttrs { Email = true },
                StandardAttributes = new StandardAttributes
                {
                    Email = new StandardAttribute { Required = true, Mutable = true },
                },
                PasswordPolicy = new PasswordPolicy
                {
                    MinLength = 12,
                    RequireLowercase = true,
                    RequireUppercase = true,
                    RequireDigits = true,
                    RequireSymbols = false,
                },
                AccountRecovery = AccountRecovery.EMAIL_ONLY,
                Mfa = Mfa.OPTIONAL,
                MfaSecondFactor = new MfaSecondFactor { Otp = true, Sms = false },
                Email = SenderOf(stage),
                DeletionProtection = stage.ProtectsData,
                RemovalPolicy = stage.EvidenceRemovalPolicy,
            }
        );
        Client = UserPool.AddClient(
            "Client",
            new UserPoolClientOptions
            {
                AuthFlows = new AuthFlow { UserSrp = true, UserPassword = stage.TakesPasswords },
                DisableOAuth = true,
                GenerateSecret = false,
                PreventUserExistenceErrors = true,
                AccessTokenValidity = Duration.Minutes(60),
                IdTokenValidity = Duration.Minutes(60),
                RefreshTokenValidity = Duration.Days(30),
            }
        );
    }

    public UserPool UserPool { get; }

    public UserPoolClient Client { get; }

    // Null is Cognito's own sender, which mails 50 codes a day.
    private static UserPoolEmail? SenderOf(DeploymentStage stage) =>
        stage.Sender is { } sender
            ? UserPoolEmail.WithSES(new UserPoolSESOptions { FromEmail = sender.From, SesRegion = sender.Region })
            : null;

    /// <summary>Tells a function where parties sign in.</summary>
    public void DescribeTo(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_USER_POOL_ID", UserPool.UserPoolId);
    }
}
