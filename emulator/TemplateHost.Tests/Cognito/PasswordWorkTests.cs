using TemplateHost.Cognito.Model;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

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

    [Fact]
    public async Task Guesses_AllLookedAtBeforeOneIsJudged_AreJudgedFiveTimes()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));
        var parties = new Parties(host);
        await parties.RegisterAsync("known");
        const int Guesses = 8;
        const string Guess = "Wrong-password-of-this-race";
        using var looking = new CountdownEvent(Guesses);
        void Wait(string password)
        {
            if (password == Guess)
            {
                looking.Signal();
                looking.Wait(TimeSpan.FromMinutes(5));
            }
        }

        PasswordVerifier.Derived += Wait;
        var refusals = await Task.WhenAll(
            Enumerable
                .Range(0, Guesses)
                .Select(_ => Task.Run(() => Assert.ThrowsAsync<AwsCallException>(() => parties.SignInAsync("known", Guess))))
        );
        PasswordVerifier.Derived -= Wait;

        Assert.Equal(5, refusals.Count(refusal => refusal.Body["message"]!.ToString() == "Incorrect username or password."));
        Assert.Equal(3, refusals.Count(refusal => refusal.Body["message"]!.ToString() == "Password attempts exceeded"));
    }
}
