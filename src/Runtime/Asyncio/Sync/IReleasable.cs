namespace Quintet.Asyncio;

internal interface IReleasable
{
    void Release();
}
