using FairShare.Local.Cognito.Model;
using FairShare.Local.Tests.Support;
using Xunit;

namespace FairShare.Local.Tests.Cognito;

/// <summary>The time of a failed login: it is the derivation of a key, counted here in place of being measured.</summary>
public sealed class PasswordWorkTests
{
    [Theory]
    [InlineData("known")]
    [InlineData("nobody")]
    public async Task SignIn_InVain_DerivesOneKeyForAnyName(string name)
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.RegisterAsync("known");
        const string Wrong = "Wrong-password-of-this-test";
        var derivations = 0;
        void Count(string password) => derivations += password == Wrong ? 1 : 0;
        PasswordVerifier.Derived += Count;

        await Assert.ThrowsAsync<AwsCallException>(() => parties.SignInAsync(name, Wrong));

        PasswordVerifier.Derived -= Count;
        Assert.Equal(1, derivations);
    }
}
