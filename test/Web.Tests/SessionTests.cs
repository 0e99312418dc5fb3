using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>Whose token a call has, whatever the user pool answers late.</summary>
public sealed class SessionTests(PageHost host)
{
    // Alice's token is to be renewed; before the pool answers she has gone, and Bob has signed in.
    private const string Late = """
        async answer => {
          const { Session } = await import('/service/session.js');
          const { Problem } = await import('/service/problem.js');
          const { encode, utf8 } = await import('/evidence/bytes.js');
          const claims = party => encode(utf8(JSON.stringify({ sub: party })));
          const tokens = (party, name, expires) => ({ access: `${name}.${claims(party)}.x`, expires, refresh: name });
          const late = Promise.withResolvers();
          let asked = 0;
          const pool = { refresh: () => { asked++; return late.promise; } };
          const session = new Session(pool);
          const told = promise => promise.then(token => token.split('.')[0], problem => problem.code);
          session.begin('alice', tokens('alice', 'alice-1', 0));
          const first = told(session.token('alice'));
          const second = told(session.token('alice'));
          if (answer !== 'alone') {
            session.forget();
            session.begin('bob', tokens('bob', 'bob-1', Date.now() + 1e6));
          }
          if (answer === 'refused') {
            late.reject(new Problem('NotAuthorizedException', 'No.', 400));
          } else {
            late.resolve(tokens('alice', 'alice-2', Date.now() + 1e6));
          }
          const said = [await first, await second, await told(session.token('alice')), await told(session.token('bob'))];
          return [...said, `${session.party}`, `${asked}`];
        }
        """;

    [Theory]
    [InlineData("alone", "alice-2 alice-2 alice-2 session-expired alice 1")]
    [InlineData("given", "session-expired session-expired session-expired bob-1 bob 1")]
    [InlineData("refused", "session-expired session-expired session-expired bob-1 bob 1")]
    public async Task Token_RenewedAfterAnotherSignedIn_IsNeitherTheirsNorEndsTheirSession(string answer, string told)
    {
        await using var stranger = await host.OpenAsync();
        await stranger.SeesAsync("Documents against signed receipts");

        Assert.Equal(told, string.Join(' ', await stranger.Page.EvaluateAsync<string[]>(Late, answer)));
    }
}
